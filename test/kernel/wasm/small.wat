(module
  (import "env" "sin" (func $sin (param f64) (result f64)))
  (import "env" "cos" (func $cos (param f64) (result f64)))
  (import "env" "shock" (func $shock (param i32 i32 f64) (result f64)))
  (import "env" "over" (func $over (param i32 i32 f64 f64) (result f64)))
  (import "env" "memory" (memory 1))
  (func $begin (param i32)
    i32.const 0
    i32.const 0
    v128.load offset=26352
    v128.store offset=26192
    i32.const 0
    i32.const 0
    v128.load offset=26352
    v128.store offset=26208
    i32.const 0
    local.get 0
    v128.load offset=1568
    v128.store offset=26224
    i32.const 0
    local.get 0
    v128.load offset=5664
    v128.store offset=26144
    i32.const 0
    local.get 0
    v128.load offset=9760
    v128.store offset=26160
    i32.const 0
    i32.const 0
    v128.load offset=26192
    local.get 0
    v128.load offset=9760
    local.get 0
    v128.load offset=9760
    f64x2.sub
    f64x2.add
    v128.store offset=26192
    i32.const 0
    v128.const i64x2 0x3fe0000000000000 0x3fe0000000000000
    v128.store offset=26176
  )
  (func $step (param i32 i32) (result i32)
    (local v128 v128 v128 v128 v128 v128 v128 v128)
    local.get 0
    i32.const 6
    i32.eq
    if
      i32.const 1
      return
    end
    i32.const 0
    v128.load offset=26160
    local.set 2
    i32.const 0
    v128.load offset=26176
    local.set 3
    i32.const 0
    v128.load offset=26144
    local.set 4
    local.get 3
    local.get 2
    local.get 3
    f64x2.mul
    v128.const i64x2 0x0 0x0
    local.get 4
    v128.const i64x2 0x0 0x0
    f64x2.ne
    v128.bitselect
    f64x2.neg
    f64x2.add
    local.set 5
    local.get 5
    local.get 5
    f64x2.sub
    local.set 6
    i32.const 0
    i32.const 0
    v128.load offset=26192
    local.get 6
    f64x2.add
    v128.store offset=26192
    i32.const 0
    local.get 5
    v128.store offset=26176
    v128.const i64x2 0x0 0x0
    local.set 7
    i32.const 0
    v128.load offset=26176
    local.tee 8
    i32.const 0
    v128.load offset=26352
    f64x2.pmax
    i32.const 0
    v128.load offset=26368
    f64x2.pmin
    local.set 9
    i32.const 0
    local.get 9
    v128.store offset=26176
    local.get 7
    local.get 8
    local.get 9
    f64x2.ne
    v128.or
    local.set 7
    local.get 7
    v128.any_true
    if
      v128.const i64x2 0x0 0x0
      local.set 7
      local.get 7
      local.get 9
      local.get 8
      f64x2.sub
      f64x2.abs
      i32.const 0
      v128.load offset=26384
      local.get 3
      f64x2.abs
      local.get 9
      f64x2.abs
      f64x2.pmax
      f64x2.mul
      f64x2.gt
      v128.or
      local.set 7
      i32.const 0
      i32.const 0
      v128.load offset=26208
      local.get 7
      i32.const 0
      v128.load offset=26368
      v128.and
      f64x2.add
      v128.store offset=26208
    end
    i32.const 0
  )
  (func $end (param i32)
    i32.const 0
    i32.const 0
    v128.load offset=26192
    i32.const 0
    v128.load offset=26176
    i32.const 0
    v128.load offset=26176
    f64x2.sub
    f64x2.add
    v128.store offset=26192
    local.get 0
    i32.const 0
    v128.load offset=26176
    v128.store offset=13856
    local.get 0
    i32.const 0
    v128.load offset=26208
    v128.store offset=17952
    local.get 0
    i32.const 0
    v128.load offset=26192
    v128.store offset=22048
  )
  (func $run (export "run") (param i32)
    (local i32 i32)
    loop
      local.get 1
      call $begin
      i32.const 0
      local.set 2
      block
        loop
          local.get 2
          local.get 1
          call $step
          br_if 1
          local.get 2
          i32.const 1
          i32.add
          local.set 2
          br 0
        end
      end
      local.get 1
      call $end
      local.get 1
      i32.const 16
      i32.add
      local.tee 1
      local.get 0
      i32.lt_u
      br_if 0
    end
  )
)
