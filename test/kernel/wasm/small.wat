(module
  (import "env" "sin" (func $sin (param f64) (result f64)))
  (import "env" "cos" (func $cos (param f64) (result f64)))
  (import "env" "shock" (func $shock (param i32 i32 f64) (result f64)))
  (import "env" "over" (func $over (param i32 i32 i32 f64 f64) (result f64)))
  (import "env" "memory" (memory 1))
  (func $begin (param i32 i32)
    local.get 1
    i32.const 0
    v128.load offset=30240
    v128.store offset=26912
    local.get 1
    i32.const 0
    v128.load offset=30240
    v128.store offset=27168
    local.get 1
    local.get 0
    v128.load offset=1568
    v128.store offset=27424
    local.get 1
    local.get 0
    v128.load offset=5664
    v128.store offset=26144
    local.get 1
    local.get 0
    v128.load offset=9760
    v128.store offset=26400
    local.get 1
    local.get 1
    v128.load offset=26912
    local.get 0
    v128.load offset=9760
    local.get 0
    v128.load offset=9760
    f64x2.sub
    f64x2.add
    v128.store offset=26912
    local.get 1
    v128.const i64x2 0x3fe0000000000000 0x3fe0000000000000
    v128.store offset=26656
  )
  (func $prepare (param i32 i32)
  )
  (func $step (param i32 i32 i32) (result i32)
    (local v128 v128 v128 v128 v128)
    local.get 0
    i32.const 6
    i32.eq
    if
      i32.const 1
      return
    end
    local.get 2
    local.get 2
    v128.load offset=26912
    local.get 2
    v128.load offset=27680
    f64x2.add
    v128.store offset=26912
    local.get 2
    v128.load offset=26656
    local.set 3
    local.get 2
    local.get 2
    v128.load offset=27936
    v128.store offset=26656
    v128.const i64x2 0x0 0x0
    local.set 5
    local.get 2
    v128.load offset=26656
    local.tee 6
    i32.const 0
    v128.load offset=30240
    f64x2.pmax
    i32.const 0
    v128.load offset=30256
    f64x2.pmin
    local.set 7
    local.get 2
    local.get 7
    v128.store offset=26656
    local.get 5
    local.get 6
    local.get 7
    f64x2.ne
    v128.or
    local.set 5
    local.get 5
    v128.any_true
    if
      v128.const i64x2 0x0 0x0
      local.set 5
      local.get 5
      local.get 7
      local.get 6
      f64x2.sub
      f64x2.abs
      i32.const 0
      v128.load offset=30272
      local.get 3
      f64x2.abs
      local.get 7
      f64x2.abs
      f64x2.pmax
      f64x2.mul
      f64x2.gt
      v128.or
      local.set 5
      local.get 2
      local.get 2
      v128.load offset=27168
      local.get 5
      i32.const 0
      v128.load offset=30256
      v128.and
      f64x2.add
      v128.store offset=27168
    end
    i32.const 0
  )
  (func $end (param i32 i32)
    local.get 1
    local.get 1
    v128.load offset=26912
    local.get 1
    v128.load offset=26656
    local.get 1
    v128.load offset=26656
    f64x2.sub
    f64x2.add
    v128.store offset=26912
    local.get 0
    local.get 1
    v128.load offset=26656
    v128.store offset=13856
    local.get 0
    local.get 1
    v128.load offset=27168
    v128.store offset=17952
    local.get 0
    local.get 1
    v128.load offset=26912
    v128.store offset=22048
  )
  (func $pass_0 (param i32 i32)
    (local v128 v128 v128)
    v128.const i64x2 0x0 0x0
    local.set 2
    loop
      local.get 1
      v128.load offset=26144
      local.tee 3
      local.get 2
      f64x2.ne
      local.set 4
      local.get 1
      local.get 4
      v128.store offset=28192
      local.get 1
      i32.const 16
      i32.add
      local.tee 1
      local.get 0
      i32.lt_u
      br_if 0
    end
  )
  (func $pass_1 (param i32 i32)
    (local v128 v128 v128 v128 v128 v128)
    v128.const i64x2 0x0 0x0
    local.set 2
    loop
      local.get 1
      v128.load offset=26656
      local.tee 3
      local.get 1
      v128.load offset=26400
      local.tee 4
      local.get 3
      f64x2.mul
      local.get 1
      v128.load offset=28192
      local.tee 5
      v128.and
      f64x2.neg
      f64x2.add
      local.set 6
      local.get 1
      local.get 6
      v128.store offset=27936
      local.get 6
      local.get 6
      f64x2.sub
      local.set 7
      local.get 1
      local.get 7
      v128.store offset=27680
      local.get 1
      i32.const 16
      i32.add
      local.tee 1
      local.get 0
      i32.lt_u
      br_if 0
    end
  )
  (func $run (export "run") (param i32)
    (local i32 i32 i32 i32 i32 i32)
    loop
      local.get 0
      local.get 1
      i32.sub
      local.tee 4
      i32.const 256
      i32.gt_u
      if
        i32.const 256
        local.set 4
      end
      local.get 1
      local.set 2
      i32.const 0
      local.set 3
      loop
        local.get 2
        local.get 3
        call $begin
        local.get 2
        i32.const 16
        i32.add
        local.set 2
        local.get 3
        i32.const 16
        i32.add
        local.tee 3
        local.get 4
        i32.lt_u
        br_if 0
      end
      local.get 4
      i32.const 0
      call $pass_0
      i32.const 0
      local.set 5
      block
        loop
          i32.const 0
          local.set 6
          local.get 1
          local.set 2
          i32.const 0
          local.set 3
          loop
            local.get 5
            local.get 3
            call $prepare
            local.get 2
            i32.const 16
            i32.add
            local.set 2
            local.get 3
            i32.const 16
            i32.add
            local.tee 3
            local.get 4
            i32.lt_u
            br_if 0
          end
          local.get 5
          i32.const 6
          i32.lt_u
          if
            local.get 4
            i32.const 0
            call $pass_1
          end
          local.get 1
          local.set 2
          i32.const 0
          local.set 3
          loop
            local.get 6
            local.get 5
            local.get 2
            local.get 3
            call $step
            i32.eqz
            i32.or
            local.set 6
            local.get 2
            i32.const 16
            i32.add
            local.set 2
            local.get 3
            i32.const 16
            i32.add
            local.tee 3
            local.get 4
            i32.lt_u
            br_if 0
          end
          local.get 6
          i32.eqz
          br_if 1
          local.get 5
          i32.const 1
          i32.add
          local.set 5
          br 0
        end
      end
      local.get 1
      local.set 2
      i32.const 0
      local.set 3
      loop
        local.get 2
        local.get 3
        call $end
        local.get 2
        i32.const 16
        i32.add
        local.set 2
        local.get 3
        i32.const 16
        i32.add
        local.tee 3
        local.get 4
        i32.lt_u
        br_if 0
      end
      local.get 2
      local.tee 1
      local.get 0
      i32.lt_u
      br_if 0
    end
  )
)
